<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="1">
 <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="0,90,140,30" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="0,60,100,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.6" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="0,90,140,30"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="0,60,100,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.6"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <labeling type="simple">
  <settings>
   <text-style fieldName="to_string(&quot;rank&quot;) || if(@map_scale &lt;= 25000, ' ' || &quot;name&quot;, '')" isExpression="1" fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="0,40,70,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
   </text-style>
   <text-format/>
   <placement placement="4" priority="8" centroidInside="1" polygonPlacementFlags="2"/>
   <rendering obstacle="0" obstacleFactor="1" obstacleType="1"/>
  </settings>
 </labeling>
 <mapTip>&lt;b&gt;[% replace("name", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("incidents", 0) %] incidents, rank [% "rank" %]&lt;br&gt;[% format_number("share" * 100, 1) %]% of all</mapTip>
</qgis>
